insert into stock (bucket, variant, on_hand) select $1, n.variant, n.on_hand from unnest($2::uuid[], $3::int8[]) as n (variant, on_hand)
on conflict (bucket, variant) do update set
    -- What is promised to buyers is on hand, whatever the seller's sheet says.
    on_hand = greatest(excluded.on_hand, stock.reserved)
