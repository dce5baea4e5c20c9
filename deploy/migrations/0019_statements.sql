-- Banks' statements: the files exactly as they came, what each says, and each line with the payment it is.

create table statement_file (
    id          uuid primary key,
    sha256      bytea not null unique,      -- the same bytes are the same file, whoever sends them
    name        text not null,
    bytes       bigint not null,
    told_by     text not null,              -- cli, folder or api
    actor_kind  actor_kind not null,
    actor       uuid not null,
    received_at timestamptz not null default now(),
    state       text not null default 'received' check (state in ('received', 'read', 'refused')),
    code        text not null default '',   -- why it was refused
    message     text not null default ''
);
-- In pieces, since a year of a province's lines is larger than one value may be.
create table statement_raw (
    file uuid not null references statement_file,
    part integer not null,
    body bytea not null,
    primary key (file, part)
);

create type statement_proof as enum ('ok', 'broken', 'absent');
create table statement (
    id          uuid not null,
    account     uuid not null,
    file        uuid not null,
    place       integer not null,           -- which statement of its file, from 1
    opening     bigint,
    closing     bigint,
    difference  bigint,
    lines       integer not null,
    first_day   date,
    last_day    date,
    created_at  timestamptz not null default now(),
    booked_at   timestamptz,
    bucket      smallint not null,
    proof       statement_proof not null,
    state       text not null check (state in ('held', 'booking', 'booked')),
    held_why    text not null default '',   -- proof_broken, chain_broken, totals_differ, not_whole_dong
    format      text not null,
    sequence    text not null,
    confirmed   integer not null default 0, -- lines that were payments already
    posted      integer not null default 0, -- lines that became payments
    repeated    integer not null default 0, -- lines that this source had told before
    kept_out    integer not null default 0, -- lines that are none of our business (a private account) or only announced
    warnings    text[] not null default '{}',
    primary key (bucket, id),
    unique (bucket, file, place)
);
create index statement_account on statement (bucket, account, last_day);

-- One row a bank line for ever, whichever file tells it: day, bank's number, amount, folded content and, where all of
-- these are equal, its how-manieth. Contents and counterparties are personal data and may be erased.
create table statement_line (
    line_key     uuid not null,
    account      uuid not null,
    statement    uuid not null,             -- the first that told it
    payment      uuid,
    amount       bigint not null,
    place        integer not null,
    booked       date not null,
    source       integer not null,
    bucket       smallint not null,
    reversal     boolean not null,
    how          text not null,             -- sighted, confirmed, posted, reversed, kept_out, held
    bank_ref     text not null,
    reference    text,
    content      text,
    other_name   text,
    other_account text,
    primary key (bucket, account, line_key)
);
create index statement_line_statement on statement_line (bucket, statement, place);

-- How an account's tables are laid out, learned from one that proved itself.
create table statement_layout (
    account    uuid primary key,
    columns    integer[] not null,
    format     smallint not null,
    swapped    boolean not null,
    learned_at timestamptz not null default now()
);

grant select, insert, update on statement_file, statement, statement_line, statement_layout to choso;
grant select, insert on statement_raw to choso;
revoke delete, truncate on statement_file, statement_raw, statement, statement_line from choso;
