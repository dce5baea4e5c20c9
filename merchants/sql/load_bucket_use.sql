select b.bucket, count(c.id) from bucket b left join collector c on c.bucket = b.bucket group by b.bucket
