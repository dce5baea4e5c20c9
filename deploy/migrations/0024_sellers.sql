-- Who sells on a marketplace: a merchant of the marketplace's pooled collector, and what the law wants known of it before it
-- trades (identified electronically, then approved). Small; the money side of it is the merchant and its payout account.

create type seller_kind as enum ('household', 'individual', 'cooperative', 'company');
create type seller_state as enum ('draft', 'identified', 'approved', 'suspended');
create table seller (
    merchant          uuid primary key references merchant,
    kind              seller_kind not null,
    state             seller_state not null default 'draft',
    slug              text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),   -- its page's address
    name              text not null,                    -- as shoppers see it
    phone             text not null default '',
    address           text not null default '',
    commune           text not null default '',
    province          text not null default '',
    tax_code          text not null default '',
    resident          boolean not null default true,    -- of Vietnam: the tax withheld differs
    introduction      text not null default '',
    stall             uuid references stall,            -- its place in a market, if it has one
    identity_provider text,
    subject_hash      bytea,                            -- SHA-256 of the provider's name for the person: never the name itself
    verified_at       timestamptz,
    opened_by         uuid,                             -- the helper who opened it in bulk; null: itself
    created_at        timestamptz not null default now(),
    bucket            smallint not null,                -- of the marketplace's collector
    check ((identity_provider is null) = (subject_hash is null) and (subject_hash is null) = (verified_at is null)),
    check (state = 'draft' or state = 'suspended' or verified_at is not null)
);
create index seller_bucket on seller (bucket, merchant);
-- One person is one seller of a marketplace.
create unique index seller_subject on seller (bucket, identity_provider, subject_hash) where subject_hash is not null;

-- Each step of a seller's way, and who took it. Never changed.
create table seller_step (
    bucket   smallint not null,
    id       uuid not null,
    seller   uuid not null references seller,
    at       timestamptz not null,
    actor    uuid,                                      -- a member of staff; null: the system or an identity provider
    was      seller_state not null,
    becomes  seller_state not null,
    reason   text not null,
    primary key (bucket, id)
);
create index seller_step_seller on seller_step (bucket, seller);

-- Papers a seller handed in: their digest and what they are; the bytes are kept as they came and only ever downloaded.
create table seller_document (
    bucket     smallint not null,
    id         uuid not null,
    seller     uuid not null references seller,
    kind       text not null check (kind in ('identity', 'business_licence', 'food_safety', 'cooperative_charter', 'other')),
    name       text not null,
    sha256     bytea not null,
    content    bytea not null,
    created_at timestamptz not null default now(),
    primary key (bucket, id)
);
create index seller_document_seller on seller_document (bucket, seller);

grant select, insert on seller, seller_step, seller_document to choso;
grant update on seller to choso;
grant delete on seller_document to choso;
revoke update, delete, truncate on seller_step from choso;
