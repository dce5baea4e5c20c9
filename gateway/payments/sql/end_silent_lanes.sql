-- A lane that was stopped between two packets of a batch holds its buckets while the server waits for the rest, and no
-- timeout of the server runs there: the next who wants the bucket ends it. Its batch is in doubt to it, and runs again.
select pg_terminate_backend(a.pid)
from pg_stat_activity a
where a.datname = current_database() and a.usename = current_user and a.application_name like 'choso lane%'
  and a.pid <> pg_backend_pid() and a.xact_start is not null and a.wait_event_type = 'Client' and a.wait_event = 'ClientRead'
  and greatest(a.query_start, a.state_change) < clock_timestamp() - interval '3 seconds'
