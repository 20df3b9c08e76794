"""The phrases that a refusal may suggest.

Promise: every one of them is understood.
"""

EXAMPLES = (
    "ngày 22/5", "ngày 22 tháng 5 năm 2025", "22/5/2025", "sáng 13/3", "chiều tối 14/11", "tháng 6", "tháng 6/2025",
    "từ ngày 19 đến 22/5", "ngày 19-22/5", "đầu tháng 6", "giữa tháng 6", "cuối tháng 6", "nửa đầu tháng 6",
    "tuần đầu tháng 6", "những ngày cuối tháng 10", "tuần này", "tuần tới", "tuần trước", "cuối tuần này",
    "thứ Sáu tuần tới", "tháng tới", "tháng trước", "quý III/2025", "nửa cuối năm 2025", "6 tháng đầu năm 2026",
    "cuối năm nay", "trong những ngày tới", "trong vài tuần tới", "trong 2 tuần tới", "trước ngày 9/7", "đến ngày 9/7",
    "sau ngày 9/7", "từ ngày 9/7", "hôm nay", "hôm qua", "ngày mai", "trong thời gian tới", "hai tuần trước",
    "khoảng ngày 20/5",
)  # fmt: skip
