select s.id, s.created_at, s.seen_at, s.second_factor_at, clock_timestamp(), p.id, p.login, p.name, p.temporary,
       exists (select from staff_totp t where t.staff = p.id and t.confirmed_at is not null),
       exists (select from staff_passkey k where k.staff = p.id),
       array(select g.role || ' ' || g.reach || ' ' || g.about from staff_grant g
             where g.staff = p.id and (g.role <> 'approver' or g.granted_at <= clock_timestamp() - interval '24 hours') order by 1)
from staff_session s join staff p on p.id = s.staff
where s.token_hash = $1 and s.ended_at is null and p.revoked_at is null
