-- switch_off: whichever version of a rule is on
update match_rule set state = 'off', decided_at = $3::timestamptz where bucket = $1::int2 and id = $2::uuid and state = 'on'
