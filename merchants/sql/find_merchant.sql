select m.collector, c.bucket, m.live from merchant m join collector c on c.id = m.collector where m.id = $1
