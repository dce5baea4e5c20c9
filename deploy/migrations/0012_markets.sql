-- Markets and who looks after them; names that places had before July 2025.

create table market_manager (
    market     uuid not null references market,
    staff      uuid not null references staff,
    totals     boolean not null default false,   -- may see what stalls take, not only that they do
    granted_at timestamptz not null default now(),
    primary key (market, staff)
);
create index market_manager_staff on market_manager (staff);

-- What a ward was called before, folded for comparing; imported by the operator from the official list.
create table place_alias (
    folded   text not null,                      -- old ward, old district and old province, A–Z and 0–9 only
    ward     text not null,
    province text not null,
    primary key (folded, ward, province)
);
grant select, insert, update, delete on market_manager, place_alias to choso;
