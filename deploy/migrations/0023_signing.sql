-- What signs merchants' statements, so that they can be proved later. One is in use at a time; those before it stay.
create table signing_certificate (
    id          uuid primary key,
    made_at     timestamptz not null default now(),
    certificate text not null,              -- PEM
    key         bytea not null,             -- PEM, sealed under a key derived from the installation's
    retired_at  timestamptz
);
create unique index signing_certificate_in_use on signing_certificate ((true)) where retired_at is null;
grant select, insert on signing_certificate to choso;
