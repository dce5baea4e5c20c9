#pragma once
#include <string_view>

namespace choso::statements {

/// The elements that a reader looks at; `other` for all the rest.
enum class Tag {
    other, Message, Stmt, Rpt, Ntfctn, Id, ElctrncSeqNb, LglSeqNb, Acct, IBAN, Othr, PrtryAcct, Ccy, Svcr, Bal, Tp, CdOrPrtry, Cd, Prtry, Amt, CdtDbtInd, Dt,
    DtTm, TxsSummry, TtlCdtNtries, TtlDbtNtries, NbOfNtries, Sum, Ntry, NtryRef, RvslInd, Sts, BookgDt, ValDt, AcctSvcrRef, AddtlNtryInf, NtryDtls,
    TxDtls, AmtDtls, TxAmt, Refs, EndToEndId, InstrId, TxId, UETR, ClrSysRef, MsgId, RmtInf, Ustrd, Strd, CdtrRefInf, Ref, AddtlRmtInf, AddtlTxInf, RltdPties,
    Dbtr, Cdtr, Pty, Nm, DbtrAcct, CdtrAcct, RltdAgts, DbtrAgt, CdtrAgt, FinInstnId, BIC, BICFI, ClrSysMmbId, MmbId, GrpHdr, CreDtTm,
};
[[nodiscard]] Tag tag_of(std::string_view name);

}  // namespace choso::statements
