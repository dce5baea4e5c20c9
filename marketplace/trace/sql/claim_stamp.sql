update stamp s set first_at = $4, first_place = $5
from stamp_batch b, lot l
where s.bucket = $1 and s.serial = $2 and s.first_at is null and s.secret_hash = $3
  and b.bucket = s.bucket and b.id = s.batch and b.activated_at is not null
  and l.bucket = b.bucket and l.id = b.lot and l.recalled_at is null
returning s.serial
