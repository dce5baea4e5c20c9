update seller set identity_provider = $2, subject_hash = $3, verified_at = $4 where merchant = $1 and state = 'draft'
