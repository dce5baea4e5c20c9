-- Orders of the shop. One checkout is one order with one payment request (they share their id), divided by seller.

alter type fill_rule add value 'on_release';
alter type money_place add value 'held';
alter type posting_template add value 'held_to_due_confirmed';
alter type posting_template add value 'held_to_withheld_tax';
alter type posting_template add value 'withheld_tax_to_held';
alter type posting_template add value 'refund_reserved_held';
alter type posting_template add value 'refund_back_to_held';
alter type event_type add value 'order.placed';
alter type event_type add value 'order.paid';
alter type event_type add value 'order.expired';
alter type event_type add value 'order.cancelled';
alter type event_type add value 'order.no_stock';
alter type event_type add value 'order.payment_reversed';
alter type event_type add value 'order.shipped';
alter type event_type add value 'order.delivered';
alter type event_type add value 'order.credited';
alter type event_type add value 'order.return_requested';
alter type event_type add value 'order.return_refused';
alter type event_type add value 'order.returned';

-- What of an on_release request's money went from `held` to whom, by which journal; without a merchant: tax withheld. Never
-- changed: what comes back is a row with a negative amount (docs/adr/0048).
create table release (
    request  uuid not null,
    subject  uuid not null,
    merchant uuid,
    journal  bigint not null,
    amount   bigint not null check (amount <> 0),
    bucket   smallint not null
);
create index release_request on release (bucket, request);
create unique index release_once on release (bucket, journal, subject, merchant) nulls not distinct;
grant select, insert on release to choso;
revoke update, delete, truncate on release from choso;

-- What is withheld of households' and individuals' sales (Nghị định 117/2025/NĐ-CP), in hundredths of a percent.
create table withholding_rate (
    tax_class  tax_class not null,
    resident   boolean not null,
    vat_bp     integer not null check (vat_bp between 0 and 10000),
    pit_bp     integer not null check (pit_bp between 0 and 10000),
    valid_from date not null,
    valid_to   date,                        -- the first day it no longer holds
    law        text not null,
    primary key (tax_class, resident, valid_from)
);
insert into withholding_rate (tax_class, resident, vat_bp, pit_bp, valid_from, law) values
    ('goods',     true,  100,  50, '2025-07-01', '117/2025/NĐ-CP'),
    ('services',  true,  500, 200, '2025-07-01', '117/2025/NĐ-CP'),
    ('transport', true,  300, 150, '2025-07-01', '117/2025/NĐ-CP'),
    ('goods',     false, 100, 100, '2025-07-01', '117/2025/NĐ-CP'),
    ('services',  false, 500, 500, '2025-07-01', '117/2025/NĐ-CP'),
    ('transport', false, 300, 200, '2025-07-01', '117/2025/NĐ-CP');

-- What the marketplace keeps of a sale: rules in the operator's order, the first that fits is frozen into the order.
create table commission_rule (
    collector  uuid not null references collector,
    position   integer not null,
    category   uuid references category,    -- null: any
    kind       seller_kind,                 -- null: any
    rate_bp    integer not null check (rate_bp between 0 and 5000),
    valid_from date not null default '2025-01-01',
    valid_to   date,
    primary key (collector, position)
);
create table shop_setting (
    collector       uuid primary key references collector,
    shipping_fee    bigint not null default 0 check (shipping_fee between 0 and 99999999),       -- a seller's order
    free_from       bigint check (free_from > 0),                                                -- goods worth this are sent free
    open_orders_max integer not null default 3 check (open_orders_max between 1 and 1000),       -- unpaid, a phone
    expires_in      integer not null default 900 check (expires_in between 60 and 86400),        -- seconds
    return_days     integer not null default 7 check (return_days between 0 and 365),
    cash            boolean not null default false                                               -- on delivery
);
grant select on withholding_rate, commission_rule, shop_setting to choso;

create table shop_order (
    id         uuid not null,               -- of its payment request too
    merchant   uuid not null,               -- the operator, who asks for the money
    account    uuid not null,
    buyer      uuid not null,               -- person
    phone_key  uuid not null,               -- a keyed hash, to count what a phone has open and to look it up
    code       text not null,               -- what a buyer names it by: the transfer's reference
    token      uuid not null,               -- its page's secret
    amount     bigint not null check (amount > 0),
    created_at timestamptz not null,
    expires_at timestamptz,
    note       text not null default '',
    bucket     smallint not null,
    cash       boolean not null default false,
    waiting    boolean not null,            -- for its money, with its stock reserved
    short      boolean not null default false,   -- its bank took money back: nothing more is sent
    primary key (bucket, id)
);
create unique index shop_order_token on shop_order (bucket, token);
create unique index shop_order_code on shop_order (bucket, code);
create index shop_order_phone on shop_order (bucket, phone_key) where waiting;

create type order_status as enum ('open', 'paid', 'accepted', 'shipped', 'delivered', 'expired', 'cancelled', 'no_stock');
create table seller_order (
    id              uuid not null,
    "order"         uuid not null,
    seller          uuid not null,
    goods           bigint not null check (goods > 0),
    shipping        bigint not null check (shipping >= 0),
    credited        bigint not null default 0,   -- of `goods + shipping`, what has left `held` for the seller, commission and tax
    credited_commission bigint not null default 0,
    credited_tax    bigint not null default 0,
    updated_at      timestamptz not null,
    bucket          smallint not null,
    position        smallint not null,
    commission_bp   integer not null,
    shipping_vat_bp integer not null,
    shipping_pit_bp integer not null,
    status          order_status not null,
    reason          text not null default '',
    primary key (bucket, id)
);
create unique index seller_order_order on seller_order (bucket, "order", position);
create index seller_order_seller on seller_order (bucket, seller, id);

create table order_line (
    "order"  uuid not null,                 -- seller_order
    variant  uuid not null,
    product  uuid not null,
    quantity bigint not null check (quantity between 1 and 1000000),
    price    bigint not null check (price > 0),
    returned bigint not null default 0 check (returned between 0 and quantity),
    bucket   smallint not null,
    position smallint not null,
    vat_bp   integer not null,
    pit_bp   integer not null,
    tax_class tax_class not null,
    name     text not null,
    unit     text not null,
    primary key (bucket, "order", position)
);

create type parcel_status as enum ('shipped', 'delivered');
create table parcel (
    id           uuid not null,
    "order"      uuid not null,             -- seller_order
    shipped_at   timestamptz not null,
    delivered_at timestamptz,
    bucket       smallint not null,
    status       parcel_status not null,
    carrier      text not null,
    tracking     text not null,
    primary key (bucket, id)
);
create index parcel_order on parcel (bucket, "order");
create table parcel_line (
    parcel   uuid not null,
    quantity bigint not null check (quantity > 0),
    bucket   smallint not null,
    position smallint not null,
    primary key (bucket, parcel, position)
);

create type return_status as enum ('requested', 'received', 'refused');
create table order_return (
    id         uuid not null,
    "order"    uuid not null,               -- seller_order
    created_at timestamptz not null,
    decided_at timestamptz,
    bucket     smallint not null,
    status     return_status not null,
    reason     text not null,
    answer     text not null default '',
    primary key (bucket, id)
);
create index order_return_order on order_return (bucket, "order");
create table order_return_line (
    return_id uuid not null,
    quantity  bigint not null check (quantity > 0),
    bucket    smallint not null,
    position  smallint not null,
    primary key (bucket, return_id, position)
);

-- Which refunds are an order's, and of which part of it. Without a seller's order: money that no part of it is for.
create table order_refund (
    refund     uuid not null,
    "order"    uuid not null,               -- shop_order
    seller_order uuid,
    bucket     smallint not null,
    is_return  boolean not null,
    primary key (bucket, refund)
);
create index order_refund_order on order_refund (bucket, "order");

alter table person add column address text;

grant select, insert, update on shop_order, seller_order, order_line, parcel, order_return to choso;
grant select, insert on parcel_line, order_return_line, order_refund to choso;
