select b.bucket, nextval('reference_number_' || b.bucket) from each_bucket b
