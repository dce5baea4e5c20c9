with version as (update catalogue_version set version = version + 1 returning version)
update product p set state = $3::text::product_state, reviewer = $4, reason = $5, reviewed_at = $6, changed = version.version
from version where p.bucket = $1 and p.id = $2
