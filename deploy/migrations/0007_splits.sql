-- Collecting for others: requests whose money belongs to several payees of one collector (docs/adr/0014).

create type fill_rule as enum ('in_order', 'together');
alter table payment_request add column fill fill_rule;   -- null: not split

-- Who is to have what of a split request: frozen with it.
create table split_line (
    request  uuid not null,
    merchant uuid not null,
    amount   bigint not null check (amount > 0),
    bucket   smallint not null,
    position smallint not null check (position between 1 and 50),
    primary key (bucket, request, position)
);

-- Who got what of which payment by which journal. Never changed: what is taken away is a row with a negative amount.
-- Position 0 is what came over the request's amount.
create table share (
    payment  uuid not null,
    request  uuid not null,
    merchant uuid not null,
    journal  bigint not null,
    amount   bigint not null check (amount <> 0),
    bucket   smallint not null,
    position smallint not null check (position between 0 and 50),
    primary key (bucket, journal, payment, position)
);
create index share_request on share (bucket, request);
create index share_merchant on share (bucket, merchant, payment);

alter type posting_template add value 'credit_held';
alter type posting_template add value 'unreferenced_to_held';
alter type posting_template add value 'held_to_due';
alter type posting_template add value 'held_to_received';
alter type posting_template add value 'held_to_unreferenced';
alter type posting_template add value 'held_reversed';
alter type posting_template add value 'due_to_held';
alter type posting_template add value 'due_confirmed_to_held';
alter type posting_template add value 'received_to_held';
alter type posting_template add value 'due_moved';
alter type posting_template add value 'due_confirmed_moved';
alter type posting_template add value 'received_moved';
alter type event_type add value 'payment.moved';

grant select, insert on split_line, share to choso;
