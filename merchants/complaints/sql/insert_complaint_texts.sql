insert into complaint_text (bucket, complaint, at, answer, body, contact)
select u.bucket, u.complaint, u.at, u.answer, u.body, u.contact
from each($2::uuid[], $3::timestamptz[], $4::bool[], $5::text[], $6::text[]) u(complaint, at, answer, body, contact)
