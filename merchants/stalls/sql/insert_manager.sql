insert into market_manager (market, staff, totals) values ($1, $2, $3) on conflict (market, staff) do update set totals = excluded.totals
