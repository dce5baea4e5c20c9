-- A list's payouts carry real codes or a test's, as its office is.
alter table benefit_list add column live boolean not null default false;
update benefit_list l set live = m.live from merchant m where m.id = l.merchant;
