#include "settlement/statements/camt_tags.hpp"

#include <unordered_map>
#include <utility>

namespace choso::statements {

Tag tag_of(std::string_view name) {
    static std::unordered_map<std::string_view, Tag> const known{
        {"Stmt", Tag::Stmt}, {"Rpt", Tag::Rpt}, {"Ntfctn", Tag::Ntfctn}, {"Id", Tag::Id}, {"ElctrncSeqNb", Tag::ElctrncSeqNb},
        {"LglSeqNb", Tag::LglSeqNb}, {"Acct", Tag::Acct}, {"IBAN", Tag::IBAN}, {"Othr", Tag::Othr}, {"PrtryAcct", Tag::PrtryAcct}, {"Ccy", Tag::Ccy},
        {"Svcr", Tag::Svcr}, {"Bal", Tag::Bal}, {"Tp", Tag::Tp}, {"CdOrPrtry", Tag::CdOrPrtry}, {"Cd", Tag::Cd}, {"Prtry", Tag::Prtry}, {"Amt", Tag::Amt},
        {"CdtDbtInd", Tag::CdtDbtInd}, {"Dt", Tag::Dt}, {"DtTm", Tag::DtTm}, {"TxsSummry", Tag::TxsSummry}, {"TtlCdtNtries", Tag::TtlCdtNtries},
        {"TtlDbtNtries", Tag::TtlDbtNtries}, {"NbOfNtries", Tag::NbOfNtries}, {"Sum", Tag::Sum}, {"Ntry", Tag::Ntry}, {"NtryRef", Tag::NtryRef},
        {"RvslInd", Tag::RvslInd}, {"Sts", Tag::Sts}, {"BookgDt", Tag::BookgDt}, {"ValDt", Tag::ValDt}, {"AcctSvcrRef", Tag::AcctSvcrRef},
        {"AddtlNtryInf", Tag::AddtlNtryInf}, {"NtryDtls", Tag::NtryDtls}, {"TxDtls", Tag::TxDtls}, {"AmtDtls", Tag::AmtDtls}, {"TxAmt", Tag::TxAmt},
        {"Refs", Tag::Refs}, {"EndToEndId", Tag::EndToEndId}, {"InstrId", Tag::InstrId}, {"TxId", Tag::TxId}, {"UETR", Tag::UETR},
        {"ClrSysRef", Tag::ClrSysRef}, {"MsgId", Tag::MsgId}, {"RmtInf", Tag::RmtInf}, {"Ustrd", Tag::Ustrd}, {"Strd", Tag::Strd},
        {"CdtrRefInf", Tag::CdtrRefInf}, {"Ref", Tag::Ref}, {"CdtrRef", Tag::Ref}, {"AddtlRmtInf", Tag::AddtlRmtInf}, {"AddtlTxInf", Tag::AddtlTxInf},
        {"RltdPties", Tag::RltdPties}, {"Dbtr", Tag::Dbtr}, {"Cdtr", Tag::Cdtr}, {"Pty", Tag::Pty}, {"Nm", Tag::Nm}, {"DbtrAcct", Tag::DbtrAcct},
        {"CdtrAcct", Tag::CdtrAcct}, {"RltdAgts", Tag::RltdAgts}, {"DbtrAgt", Tag::DbtrAgt}, {"CdtrAgt", Tag::CdtrAgt}, {"FinInstnId", Tag::FinInstnId},
        {"BIC", Tag::BIC}, {"BICFI", Tag::BICFI}, {"ClrSysMmbId", Tag::ClrSysMmbId}, {"MmbId", Tag::MmbId}, {"GrpHdr", Tag::GrpHdr},
        {"CreDtTm", Tag::CreDtTm}};
    // BkToCstmrStmt, BkToCstmrAcctRptV01 …: with or without a Document or a business header around it.
    if (name.starts_with("BkToCstmr")) return Tag::Message;
    auto const at = known.find(name);
    return at == known.end() ? Tag::other : at->second;
}

}  // namespace choso::statements
