-- other_lanes: whether another process books too
select exists (select from pg_stat_activity a
               where a.datname = current_database() and a.usename = current_user and a.application_name like 'choso lane%'
                 and a.application_name <> current_setting('application_name'))
