update fee_import m set leased_to = now() + interval '60 seconds'
where (m.bucket, m.id) = (select w.bucket, w.id from fee_import w
                          where w.bucket = any($1::int2[]) and w.state = 'running' and (w.leased_to is null or w.leased_to < now())
                          order by w.created_at limit 1 for update skip locked)
returning m.id, m.merchant, m.actor_kind, m.actor, m.kind, m.created_at, m.file
