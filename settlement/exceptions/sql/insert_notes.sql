insert into exception_note (bucket, exception, id, author, at, text)
select u.bucket, u.exception, u.id, u.author, u.at, u.text
from each($2::uuid[], $3::uuid[], $4::uuid[], $5::timestamptz[], $6::text[]) u(exception, id, author, at, text)
on conflict do nothing
