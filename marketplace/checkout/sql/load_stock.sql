select s.variant, s.on_hand, s.reserved from stock s where s.bucket in_batch and s.variant = any($2::uuid[]) order by s.variant for update of s
