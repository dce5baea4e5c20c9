update stamp_batch set activated_at = $3 where bucket = $1 and id = $2 and activated_at is null returning id
