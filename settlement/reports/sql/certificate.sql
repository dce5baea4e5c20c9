-- certificate: the one in use
select certificate, key from signing_certificate where retired_at is null
