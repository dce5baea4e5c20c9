select c.bucket, c.mode, m.live
from collector c join merchant m on m.collector = c.id and m.is_owner
where c.id = $1
