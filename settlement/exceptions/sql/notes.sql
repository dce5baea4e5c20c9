-- notes: what people wrote about one, oldest first
select n.id, n.author, n.at, n.text, s.name
from exception_note n left join staff s on s.id = n.author
where n.bucket = $1::int2 and n.exception = $2::uuid and n.text is not null order by n.at, n.id
