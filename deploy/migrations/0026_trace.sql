-- Where goods come from: lots, what happened to them, and the stamps on single items.

create table lot (
    id          uuid not null,
    product     uuid not null,
    seller      uuid not null,
    number      text not null check (number ~ '^[!-~]{1,20}$'),   -- AI (10)
    code        text not null,                          -- of its plain address /m/…, for households without a company prefix
    made_on     date not null,
    expires_on  date,
    quantity    text not null default '',
    place       text not null default '',               -- where it was made
    recalled_at timestamptz,
    recall_why  text not null default '',
    sold_until  date,                                   -- checks after it are told to the desk
    created_at  timestamptz not null,
    bucket      smallint not null,
    primary key (bucket, id)
);
create unique index lot_number on lot (bucket, product, number);
create unique index lot_code on lot (bucket, code);
create index lot_seller on lot (bucket, seller, id);

-- One step back, one step forward (TCVN 12850): who did what to the lot, where, when. Never changed.
create table trace_event (
    id       uuid not null,
    lot      uuid not null,
    step     text not null check (step in ('growing', 'harvesting', 'processing', 'packing', 'inspecting', 'shipping', 'receiving', 'retail_selling', 'recalling')),
    at       timestamptz not null,
    place    text not null,
    party    text not null,
    note     text not null default '',
    bucket   smallint not null,
    primary key (bucket, id)
);
create index trace_event_lot on trace_event (bucket, lot, at);

-- A print order: so many stamps of one lot.
create table stamp_batch (
    id           uuid not null,
    lot          uuid not null,
    count        integer not null check (count > 0),
    with_secret  boolean not null,                      -- each has a code under a scratch layer
    activated_at timestamptz,                           -- stuck on goods that left; a check before that is an alarm
    created_at   timestamptz not null,
    bucket       smallint not null,
    primary key (bucket, id)
);
create index stamp_batch_lot on stamp_batch (bucket, lot);

-- 16 Crockford symbols: the bucket, then 74 random bits. Of the code under the scratch layer only a keyed hash.
create table stamp (
    first_at    timestamptz,                            -- when the secret code was first given: set once, by one statement
    checks      integer not null default 0,
    batch       uuid not null,
    bucket      smallint not null,
    serial      text not null,
    secret_hash bytea,
    first_place text,
    primary key (bucket, serial)
);

-- Who asked about what, without who it was: for repeats and for far-apart ones. The address is hashed with a daily salt.
create table stamp_check (
    id        uuid not null,
    at        timestamptz not null,
    serial    text not null,
    place     text not null default '',                 -- a commune or province, as the checker says
    latitude  real,
    longitude real,
    secret    boolean not null,
    outcome   text not null,
    bucket    smallint not null,
    primary key (bucket, id)
);
create index stamp_check_serial on stamp_check (bucket, serial, at);

create table trace_alert (
    id        uuid not null,
    at        timestamptz not null,
    kind      text not null check (kind in ('far_apart', 'not_activated', 'after_sale', 'recalled', 'many_checks')),
    serial    text not null,
    detail    text not null,                            -- JSON
    seen_at   timestamptz,
    bucket    smallint not null,
    primary key (bucket, id)
);
create unique index trace_alert_once on trace_alert (bucket, serial, kind);

grant select, insert, update on lot, stamp_batch, stamp, trace_alert to choso;
grant select, insert on trace_event, stamp_check to choso;
revoke update, delete, truncate on trace_event, stamp_check from choso;
