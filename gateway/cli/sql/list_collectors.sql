select c.id, c.name, c.mode, c.bucket, coalesce(bool_or(m.live), false), count(m.id)
from collector c left join merchant m on m.collector = c.id
group by c.id
order by c.id
