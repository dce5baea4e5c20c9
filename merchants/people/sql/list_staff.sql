select p.id, p.login, p.name, array(select g.role || ' ' || g.reach || ' ' || g.about from staff_grant g where g.staff = p.id order by 1),
       exists (select from staff_totp t where t.staff = p.id and t.confirmed_at is not null),
       exists (select from staff_passkey k where k.staff = p.id), p.temporary, p.revoked_at is not null
from staff p order by p.login
