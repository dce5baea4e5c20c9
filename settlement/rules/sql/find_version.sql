-- find_version: who made a version, and whether it is on
select r.maker, r.state from match_rule r where r.bucket = $1::int2 and r.id = $2::uuid and r.version = $3::int2 for update
