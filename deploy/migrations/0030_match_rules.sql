-- Rules by which a desk's own words find the payee of money nobody was found for (docs/adr/0051). A version is never changed but for
-- being switched on and off; a rule only proposes, a person says yes.
create type rule_state as enum ('draft', 'on', 'off');
create table match_rule (
    id          uuid not null,
    desk        uuid not null,              -- the collector's own merchant, whose desk it is
    account     uuid not null,
    merchant    uuid not null,              -- whose money it is
    stall       uuid,
    maker       uuid not null,
    approver    uuid,                       -- who switched it on: never the maker
    looked_at   uuid not null default '00000000-0000-0000-0000-000000000000',   -- the newest exception it has looked at
    amount_from bigint,
    amount_to   bigint,
    made_at     timestamptz not null,
    decided_at  timestamptz,
    bucket      smallint not null,
    version     smallint not null,
    state       rule_state not null default 'draft',
    name        text not null,
    words       text not null,              -- all of them stand in the content; # is any digit
    primary key (bucket, id, version),
    check (approver <> maker)
);
create unique index match_rule_on on match_rule (bucket, id) where state = 'on';
grant select, insert, update on match_rule to choso;
