-- Sound boxes: a speaker at a stall with a token of its own. What it has acknowledged is kept, so that what it missed is
-- sent again. `acked` is a seq of the stall's bucket: everything up to there was said; null until it first connects.
create table sound_box (
    id         uuid primary key,
    stall      uuid not null references stall,
    serial     text not null check (length(serial) between 1 and 40),
    token_hash bytea not null unique,            -- SHA-256; the token is shown once
    dialect    text not null default 'north' check (dialect in ('north', 'central', 'south')),
    acked      bigint,
    seen_at    timestamptz,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);
create unique index sound_box_serial on sound_box (serial) where revoked_at is null;
grant select, insert, update on sound_box to choso;
