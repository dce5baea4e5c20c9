select id, received_at, reason, feed, remote, body, headers from refused_notice order by id desc limit $1
