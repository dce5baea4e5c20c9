select m.id, m.name, m.ward, m.province, (select count(*) from stall s where s.market = m.id) from market m order by m.name, m.id
