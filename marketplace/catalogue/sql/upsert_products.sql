insert into product as p (bucket, seller, changed, created_at, updated_at, state, reviewed_at, id, category, external_id, slug, name, description, unit,
                          brand, origin, gtin, image_sources)
select $1, $2, $3, $5, $5,
       case when not n.wanted then 'draft' when $4 then 'published' else 'pending' end::product_state,
       case when n.wanted and $4 then $5::timestamptz end,
       n.id, n.category, n.external_id, n.slug, n.name, n.description, n.unit, n.brand, n.origin, nullif(n.gtin, ''), string_to_array(n.images, E'\x1f')
from unnest($6::uuid[], $7::uuid[], $8::boolean[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[])
     as n (id, category, wanted, external_id, slug, name, description, unit, brand, origin, gtin, images)
on conflict (bucket, seller, external_id) do update set
    changed = excluded.changed, updated_at = excluded.updated_at, category = excluded.category, slug = excluded.slug, name = excluded.name,
    description = excluded.description, unit = excluded.unit, brand = excluded.brand, origin = excluded.origin, gtin = excluded.gtin,
    image_sources = excluded.image_sources,
    version = p.version + 1,
    -- What shoppers read is looked at again when it changes; what was withdrawn comes back only by a moderator.
    state = case when p.state = 'withdrawn' and not $4 then p.state
                 when excluded.state <> 'pending' then excluded.state
                 when p.state = 'published' and (p.name, p.description, p.category, p.brand, p.origin, coalesce(p.gtin, ''))
                      = (excluded.name, excluded.description, excluded.category, excluded.brand, excluded.origin, coalesce(excluded.gtin, '')) then p.state
                 else 'pending' end,
    reviewed_at = case when excluded.reviewed_at is not null then excluded.reviewed_at else p.reviewed_at end,
    reviewer = case when excluded.reviewed_at is not null then null else p.reviewer end
returning id, version
