-- switch_on: a version; it looks at everything that is still open
update match_rule set state = 'on', approver = $4::uuid, decided_at = $5::timestamptz where bucket = $1::int2 and id = $2::uuid and version = $3::int2
