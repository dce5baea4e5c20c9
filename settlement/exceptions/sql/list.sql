-- list: newest first over some merchants, each in its own bucket, with the bank's text of the payment and what it carried
select exception_columns(x), p.reference, t.content, p.bank_ref, s.name
from (select x.* from unnest($1::int2[], $2::uuid[]) m(bucket, merchant)
      cross join lateral (select * from exception x where x.bucket = m.bucket and x.merchant = m.merchant
                          and ($3::uuid is null or x.id < $3::uuid)
                          and case $4::text when 'open' then x.state <> 'done' when 'all' then true else x.state::text = $4::text end
                          and ($5::text is null or x.kind::text = $5::text)
                          order by x.id desc limit $6::int8 offset 0) x
      order by x.id desc limit $6::int8) x
left join lateral (select p.reference, p.bank_ref from payment p where p.bucket = x.bucket and p.id = x.subject) p on true
left join lateral (select t.content from bank_text t where t.bucket = x.bucket and t.payment = x.subject and t.content is not null limit 1) t on true
left join staff s on s.id = x.owner
order by x.id desc
