select b.bucket from bucket b where b.bucket in_batch order by b.bucket for update
