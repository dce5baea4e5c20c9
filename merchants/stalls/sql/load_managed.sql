select m.id, m.name, m.ward, m.province, mm.totals from market_manager mm join market m on m.id = mm.market where mm.staff = $1::uuid order by m.name
