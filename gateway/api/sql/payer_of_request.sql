-- payer_of_request: for whom it is paid; a person under the request's own id
select p.name from person p where p.bucket = $1::int2 and p.id = $2::uuid and p.name is not null
