// The words of the pages, Vietnamese first. `data-t` names the text of an element, `data-t-label` its label.

const TEXTS = {
  skip: ["Đến nội dung", "Skip to content"], documents: ["Văn bản", "Documents"], language: ["English", "Tiếng Việt"],
  languageTitle: ["Chuyển sang tiếng Anh", "Switch to Vietnamese"], search: ["Tìm kiếm", "Search"],
  state: ["Trạng thái", "State"], all: ["Tất cả", "All"], new: ["Mới", "New"], in_review: ["Đang duyệt", "In review"],
  approved: ["Đã duyệt", "Approved"], rejected: ["Đã loại", "Rejected"], findings: ["Phát hiện", "Findings"],
  errors: ["Lỗi", "Errors"], warnings: ["Cảnh báo", "Warnings"], notes: ["Lưu ý", "Notes"], year: ["Năm", "Year"],
  add: ["Thêm tệp…", "Add files…"], approveClean: ["Duyệt các văn bản sạch", "Approve what is clean"],
  uploading: ["Đang tải lên", "Uploading"], more: ["Xem thêm", "Show more"], symbol: ["Số, ký hiệu", "Symbol"],
  issued: ["Ngày", "Date"], issuer: ["Cơ quan ban hành", "Issuer"], titleOf: ["Trích yếu", "Title"],
  doubt: ["Độ nghi ngờ", "Doubt"], total: ["{0} văn bản", "{0} documents"], none: ["(không có)", "(none)"],
  clean: ["Đã duyệt {0} văn bản", "{0} documents approved"], added: ["Đã thêm {0} tệp", "{0} files added"],
  showPages: ["Xem trang gốc", "Show pages"], showText: ["Xem văn bản", "Show text"], approve: ["Duyệt", "Approve"],
  approveTitle: ["Duyệt văn bản (d)", "Approve the document (d)"], rejectDocument: ["Loại", "Reject"],
  undo: ["Hoàn tác", "Undo"], undoTitle: ["Hoàn tác sửa đổi cuối (u)", "Undo the last correction (u)"],
  help: ["Phím tắt", "Keys"], close: ["Đóng", "Close"], source: ["Văn bản gốc", "Source"], page: ["Trang {0}", "Page {0}"],
  structure: ["Cấu trúc", "Structure"], type: ["Loại", "Type"], value: ["Giá trị", "Value"], reason: ["Lý do", "Reason"],
  allAlike: ["Áp dụng cho tất cả chỗ giống vậy", "Apply to all like this"], cancel: ["Bỏ qua", "Cancel"],
  save: ["Lưu", "Save"], signIn: ["Đăng nhập", "Sign in"], name: ["Tên", "Name"], password: ["Mật khẩu", "Password"],
  header: ["Phần đầu", "Header"], preamble: ["Căn cứ", "Preamble"], sections: ["Các mục", "Sections"],
  recipients: ["Nơi nhận", "Recipients"], signatures: ["Chữ ký", "Signatures"], entities: ["Thực thể", "Entities"],
  diagnostics: ["Phát hiện", "Findings"], corrections: ["Sửa đổi không khớp", "Corrections out of place"],
  "header.national_name": ["Quốc hiệu", "State"], "header.motto": ["Tiêu ngữ", "Motto"],
  "header.parent_issuer": ["Cơ quan cấp trên", "Body above"], "header.issuer": ["Cơ quan ban hành", "Issuer"],
  "header.symbol": ["Số, ký hiệu", "Symbol"], "header.place": ["Nơi ban hành", "Place"], "header.date": ["Ngày", "Date"],
  "header.doc_type": ["Loại văn bản", "Type"], "header.title": ["Trích yếu", "Title"],
  "preamble.enacting_body": ["Cơ quan quyết nghị", "Enacting body"], "preamble.bases": ["Căn cứ", "Basis"],
  "preamble.recitals": ["Xét", "Recital"], "preamble.formula": ["Công thức", "Formula"],
  saved: ["Đã lưu", "Saved"], conflict: ["Văn bản vừa được người khác sửa, hoặc được đọc lại; đã tải lại", "Somebody else has changed this document, or it was parsed anew; it was loaded again"],
  selectFirst: ["Hãy bôi đen một đoạn văn bản, hoặc kéo chuột trên trang, trước", "Select some text, or draw over it on the page, first"], nothing: ["Không áp dụng được", "Nothing to do here"],
  newFrom: ["Tạo mới từ đoạn chọn", "New from the selection"], edit: ["Sửa", "Edit"], candidates: ["Có thể là", "Candidates"],
  k_jk: ["mục sau, mục trước", "next, previous"], k_a: ["đúng: xác nhận", "right: accept"], k_x: ["sai: bỏ", "wrong: remove"],
  k_e: ["sửa; nếu có đoạn chọn thì lấy đoạn đó", "edit; takes the selected text if there is any"],
  k_n: ["tạo mới từ đoạn chọn: thực thể, mục, trường, chữ ký, dữ kiện", "new from the selected text: entity, section, field, signature, fact"],
  k_u: ["hoàn tác", "undo"], k_d: ["duyệt văn bản", "approve the document"], k_19: ["chọn phương án", "take a candidate"],
  facts: ["Dữ kiện", "Facts"], appendices: ["Phụ lục", "Appendices"], appendix: ["Phụ lục", "Appendix"], section: ["Mục", "Section"],
  "facts.attendance": ["Có mặt", "Attendance"], "facts.vote": ["Biểu quyết", "Vote"], "facts.adopted_on": ["Ngày thông qua", "Adopted on"],
  "facts.adopted_at": ["Giờ thông qua", "Adopted at"], "facts.session": ["Kỳ họp", "Session"], "facts.effective_on": ["Hiệu lực từ", "In force from"],
  "facts.expires_on": ["Hiệu lực đến", "In force until"], "part.present": ["có mặt", "present"], "part.total": ["tổng số", "in all"],
  "part.absent": ["vắng", "absent"], "part.excused": ["có lý do", "excused"], "part.guests": ["khách mời", "guests"], "part.for": ["tán thành", "for"],
  "part.against": ["không tán thành", "against"], "part.abstain": ["không có ý kiến", "abstaining"], "part.kind": ["loại", "kind"], "part.ordinal": ["lần thứ", "ordinal"],
  "signature.block": ["Cả khối chữ ký", "Whole signature block"], "signature.name": ["Người ký", "Name"], "signature.position": ["Chức vụ", "Position"],
  "signature.authority": ["Thẩm quyền (TM., KT.)", "Authority (TM., KT.)"],
  DATE: ["Ngày tháng", "Date"], PERIOD: ["Khoảng thời gian", "Period"], TIME: ["Giờ", "Time"], SESSION: ["Kỳ, khóa, lần thứ", "Session"], RATIO: ["Số đếm", "Count"],
  PERCENT: ["Tỷ lệ %", "Percentage"], MONEY: ["Số tiền", "Money"], QUANTITY: ["Số lượng", "Quantity"], DOCREF: ["Viện dẫn", "Citation"], ORG: ["Tổ chức", "Organisation"],
  PERSON: ["Người", "Person"], PLACE: ["Địa danh", "Place"],
  number: ["Số", "Number"], kindOf: ["Loại mục", "Kind"], headingOf: ["Tiêu đề", "Title"], headingKept: ["giữ nguyên", "as it is"],
  headingSelected: ["lấy đoạn đã chọn", "the selected text"], headingNone: ["không có tiêu đề", "there is none"], asRead: ["đọc từ đoạn đã chọn", "read in the selected text"],
  "kind.part": ["Phần", "Part"], "kind.chapter": ["Chương", "Chapter"], "kind.section": ["Mục", "Section"], "kind.subsection": ["Tiểu mục", "Subsection"],
  "kind.article": ["Điều", "Article"], "kind.upper": ["A.", "A."], "kind.roman": ["I.", "I."], "kind.arabic": ["1.", "1."], "kind.decimal": ["1.1.", "1.1."],
  "kind.letter": ["a)", "a)"], "kind.letter_decimal": ["a.1)", "a.1)"], "kind.paren": ["(1)", "(1)"], "kind.ordinal": ["Thứ nhất, Một là", "Thứ nhất, Một là"],
  "kind.dash": ["–", "–"], "kind.plus": ["+", "+"], "kind.star": ["*", "*"],
  agrees: ["đã xác nhận", "confirmed"], applied: ["đã sửa", "corrected"], differs: ["đã sửa; máy nay đọc khác", "corrected; the machine reads something else now"],
  settled: ["đã sửa chỗ này; phát hiện có thể không còn đúng (a giữ, x bỏ)", "this place was corrected; it may not hold any more (a keep, x dismiss)"],
  backToDesk: ["Về bàn duyệt", "Back to the desk"], print: ["In", "Print"], file: ["Tệp", "File"], documentId: ["Mã văn bản", "Document"],
  parsedBy: ["Phiên bản phân tích", "Parsed by version"], history: ["Lịch sử sửa đổi", "Corrections"], when: ["Lúc", "When"], who: ["Người sửa", "Who"],
  what: ["Việc", "What"], change: ["Trước → sau", "Before → after"], accepted: ["đúng", "right"], dismissed: ["bỏ qua", "dismissed"],
  undoneBy: ["(hoàn tác bởi {0}, {1})", "(undone by {0}, {1})"], closing: ["Kết thúc", "Closing"], recipients_intro: ["Nơi nhận", "Recipients"],
  "op.set_field": ["trường", "field"], "op.change_item": ["danh sách", "list"], "op.change_signature": ["chữ ký", "signature"],
  "op.change_entity": ["thực thể", "entity"], "op.move_section": ["chuyển mục", "section moved"], "op.relabel_section": ["nhãn mục", "label of a section"],
  "op.set_heading": ["tiêu đề mục", "title of a section"], "op.remove_section": ["bỏ mục", "section removed"], "op.add_section": ["thêm mục", "section added"],
  "op.set_fact": ["dữ kiện", "fact"], "op.judge_diagnostic": ["phát hiện", "finding"], "op.state": ["trạng thái", "state"],
  confidence: ["Tin cậy OCR", "OCR confidence"],
  doubtHelp: ["Độ nghi ngờ: 10 cho mỗi lỗi, 3 cho mỗi cảnh báo, 1 cho mỗi lưu ý, 5 cho mỗi phần thiếu (số, ngày, cơ quan, trích yếu, các mục).",
    "Doubt: 10 for each error, 3 for each warning, 1 for each note, 5 for each part that is missing (symbol, date, issuer, title, sections)."],
  confidenceHelp: ["Tin cậy OCR: trung bình của các trang được nhận dạng chữ; trống nếu không có trang nào.",
    "OCR confidence: the mean of the pages that were read by OCR; empty where none was."],
  noneClean: ["Không có văn bản nào sạch để duyệt", "There is nothing clean to approve"], cleanCount: ["{0} văn bản sẽ được duyệt.", "{0} documents will be approved."],
  approveCount: ["Duyệt {0} văn bản", "Approve {0}"],
  cleanMeans: ["Sạch: có số hoặc trích yếu, không có lỗi hay cảnh báo, chưa ai duyệt hoặc loại.", "Clean: it has a symbol or a title, no error and no warning, and nobody has decided on it."],
  settledBriefly: ["chỗ này đã được sửa", "this place was corrected"],
  record: ["Bản in", "Print view"], k_p: ["bản in", "print view"], k_move: ["đưa mục ra, vào một cấp", "move a section out, in"], k_help: ["bảng này", "this table"],
};

export let language = localStorage.getItem("nq-language") === "en" ? 1 : 0;

export function t(key, ...values) {
  const text = (TEXTS[key] || [key, key])[language];
  return values.reduce((said, value, at) => said.replace(`{${at}}`, value), text);
}

// What is said twice if both are shown: the words of a value, and its cleaned form.
export function isSame(words, clean) {
  return words?.replace(/\s+/g, " ").trim() === clean;
}

export function speak(root = document) {
  document.documentElement.lang = language ? "en" : "vi";
  for (const element of root.querySelectorAll("[data-t]")) element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll("[data-t-label]")) element.setAttribute("aria-label", t(element.dataset.tLabel));
  for (const element of root.querySelectorAll("[data-t-title]")) element.title = t(element.dataset.tTitle);
  for (const element of root.querySelectorAll("[data-t-placeholder]")) element.placeholder = t(element.dataset.tPlaceholder);
}

export function onLanguage(again) {
  document.getElementById("language").addEventListener("click", () => {
    language = 1 - language;
    localStorage.setItem("nq-language", language ? "en" : "vi");
    speak();
    again();
  });
  speak();
}
