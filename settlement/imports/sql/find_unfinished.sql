-- find_unfinished: files that a stopped process left half booked
select distinct f.id, f.told_by from statement_file f
where f.state = 'received' or exists (select from statement s where s.bucket between 0 and 63 and s.file = f.id and s.state = 'booking')
