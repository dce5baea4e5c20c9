update fee_import m set state = 'running' where m.bucket = $1::int2 and m.id = $2::uuid and m.state = 'checked'
