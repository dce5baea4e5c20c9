-- What is sold. Rows live in the bucket of the marketplace's collector.

-- Every change of what shoppers can find takes the next number, so that each process's search index knows what to read
-- again. The row is locked until the commit: numbers come in the order of commits (docs/adr/0044).
create table catalogue_version (
    only_one boolean primary key default true check (only_one),
    version  bigint not null default 1
);
insert into catalogue_version default values;

create type tax_class as enum ('goods', 'services', 'transport');
create table category (
    id        uuid primary key,
    parent    uuid references category,
    name      text not null,
    slug      text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
    tax_class tax_class not null default 'goods',
    position  integer not null default 0
);

create type product_state as enum ('draft', 'pending', 'published', 'refused', 'withdrawn');
create table product (
    id          uuid not null,
    seller      uuid not null references seller,
    category    uuid not null references category,
    external_id text not null,                          -- the seller's own name for it: what an import finds it again by
    slug        text not null,
    name        text not null,
    description text not null default '',
    unit        text not null default '',               -- kg, bó, hộp
    brand       text not null default '',
    origin      text not null default '',
    gtin        text check (gtin ~ '^[0-9]{14}$'),      -- issued by GS1 to the producer; households have none
    state       product_state not null default 'draft',
    image_sources text[] not null default '{}',         -- addresses of pictures that an import named; nothing is fetched from them
    reviewer    uuid,                                   -- the moderator; null: not looked at yet, or by an operator's import
    reviewed_at timestamptz,
    reason      text not null default '',               -- why it was refused or withdrawn
    version     integer not null default 1,
    changed     bigint not null,                        -- catalogue_version
    sold        bigint not null default 0,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    bucket      smallint not null,
    primary key (bucket, id)
);
create unique index product_external on product (bucket, seller, external_id);
create index product_changed on product (changed);
create index product_waiting on product (bucket, id) where state = 'pending';
create unique index product_gtin on product (gtin) where gtin is not null;   -- small: the resolver looks a GTIN up by it

-- What a shopper buys. A product without variants of its own has one, whose title and attributes are empty.
create table variant (
    id         uuid not null,
    product    uuid not null,
    sku        text not null default '',
    title      text not null default '',
    attributes text[] not null default '{}',            -- name, value, name, value: `Khối lượng`, `500 g`
    barcode    text not null default '',
    price      bigint not null check (price between 1 and 99999999999),
    sale_price bigint check (sale_price between 1 and 99999999999),
    sale_from  timestamptz,
    sale_to    timestamptz,
    weight_g   integer check (weight_g >= 0),
    position   integer not null default 0,
    active     boolean not null default true,           -- false: no longer sold; orders still name it
    bucket     smallint not null,
    primary key (bucket, id),
    check (sale_price is null or sale_price < price)
);
create index variant_product on variant (bucket, product);

create table stock (
    variant  uuid not null,
    on_hand  bigint not null check (on_hand >= 0),
    reserved bigint not null default 0 check (reserved between 0 and on_hand),
    bucket   smallint not null,
    primary key (bucket, variant)
);

-- A picture of a product, as pixels that we wrote ourselves: what was uploaded is not kept.
create table product_image (
    id       uuid not null,
    product  uuid not null,
    position integer not null default 0,
    alt      text not null default '',
    width    integer not null,
    height   integer not null,
    bucket   smallint not null,
    primary key (bucket, id)
);
create index product_image_product on product_image (bucket, product);
create table image_file (
    image   uuid not null,
    width   integer not null,                           -- 320, 640, 1280: the longer side is at most this
    format  text not null check (format in ('webp', 'jpeg')),
    content bytea not null,
    bucket  smallint not null,
    primary key (bucket, image, width, format)
);
alter table image_file alter column content set storage external;   -- compressed already

-- OCOP stars and geographical indications, only with a proof and until it ends.
create table product_proof (
    id          uuid not null,
    product     uuid not null,
    kind        text not null check (kind in ('ocop', 'geographical_indication')),
    stars       smallint check (stars between 3 and 5),
    name        text not null default '',               -- of the indication: `Chè Tân Cương`
    number      text not null,                          -- of the decision
    issuer      text not null,
    decided_on  date not null,
    valid_until date not null,
    reviewer    uuid,
    bucket      smallint not null,
    primary key (bucket, id),
    check ((kind = 'ocop') = (stars is not null)),
    check (valid_until >= decided_on)
);
create index product_proof_product on product_proof (bucket, product);

-- What a product said at each of its versions, and who said it. Never changed.
create table product_version (
    product uuid not null,
    version integer not null,
    at      timestamptz not null,
    actor   uuid,
    body    text not null,                              -- JSON
    bucket  smallint not null,
    primary key (bucket, product, version)
);

-- Files of products that were taken in, with how far each is and what was refused.
create table catalogue_import (
    id          uuid not null,
    seller      uuid not null,
    format      text not null,
    name        text not null,
    state       text not null check (state in ('running', 'done', 'failed')),
    rows_read   integer not null default 0,
    rows_taken  integer not null default 0,
    rows_bad    integer not null default 0,
    bad_rows    text not null default '',               -- CSV: row, field, rule, and the row as it came
    started_at  timestamptz not null,
    ended_at    timestamptz,
    bucket      smallint not null,
    primary key (bucket, id)
);
create index catalogue_import_seller on catalogue_import (bucket, seller, id);

grant select on catalogue_version to choso;
grant update on catalogue_version to choso;
grant select, insert, update on category, product, variant, stock, product_image, product_proof, catalogue_import to choso;
grant select, insert on image_file, product_version to choso;
grant delete on product_image, image_file, product_proof to choso;
revoke update, delete, truncate on product_version from choso;
