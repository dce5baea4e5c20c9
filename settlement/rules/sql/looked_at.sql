update match_rule set looked_at = $4::uuid where bucket = $1::int2 and id = $2::uuid and version = $3::int2 and looked_at < $4::uuid
