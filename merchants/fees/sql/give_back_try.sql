update lookup_attempt a set count = greatest(0, a.count - 1)
from unnest($1::text[]) u(subject) where a.subject = sha256(convert_to(u.subject, 'UTF8')) and a.hour = $2::timestamptz
