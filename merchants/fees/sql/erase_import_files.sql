-- erase_import_files: what nobody came back for in a week; one that was never confirmed cannot be any more
update fee_import m set file = null, state = case when m.state = 'checked' then 'refused' else m.state end,
       problem = case when m.state = 'checked' then 'quá 7 ngày không xác nhận' else m.problem end
where m.file is not null and m.state <> 'running' and m.created_at < $1::timestamptz - interval '7 days'
