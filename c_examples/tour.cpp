// tour: what the library can do, one function for each area. Copy from here.
//
//   tour                runs both sides, alice and bob, in two processes
//   tour alice WORD     one side only; run `tour bob WORD` in another terminal
//
// Each function shows both sides: what alice does, and what bob's program does meanwhile. They meet at the end.
// WORD makes the users of a tour: alice-WORD and bob-WORD. A new one makes new users, who have no old messages waiting;
// without one the tour draws it.

#include "tour.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

namespace {

constexpr uint64_t app_id = 1400000000;

std::string user, peer;

bool is_alice() { return g_me == "alice"; }

// ---- Sending and receiving, as all areas use it -------------------------------------------------------------------

Json::Value text_elem(const std::string& content) {
    Json::Value elem;
    elem[kTIMElemType] = kTIMElem_Text;
    elem[kTIMTextElemContent] = content;
    return elem;
}

Json::Value message_of(const Json::Value& elem) {
    Json::Value message;
    message[kTIMMsgElemArray].append(elem);
    return message;
}

// Sends a message; returns it as it is now, with its id, time and number.
Json::Value send(const Json::Value& message, const std::string& to, TIMConvType type = kTIMConv_C2C) {
    std::string json = text(message);
    return must("send", [&](auto cb, auto data) {
        char id[128];
        return TIMMsgSendMessage(to.c_str(), type, json.c_str(), id, cb, data);
    });
}

// Waits for a message that begins with an element of this type.
Json::Value receive(TIMElemType type) {
    return g_events.wait("message", [=](const Json::Value& message) {
        const Json::Value& first = message[kTIMMsgElemArray][0];
        bool meeting = first[kTIMElemType] == kTIMElem_Custom && first[kTIMCustomElemDesc] == "meet";
        return first[kTIMElemType] == type && !meeting && !message[kTIMMsgIsFormSelf].asBool();
    });
}

// Tells the peer that everything has been read: an empty object stands for the whole conversation.
void report_read() {
    must("report", [](auto cb, auto data) {
        return TIMMsgReportReaded(peer.c_str(), kTIMConv_C2C, "{}", cb, data);
    });
}

// Both sides are done with an area: each tells the other one and waits for it.
void meet(const std::string& where) {
    Json::Value elem;
    elem[kTIMElemType] = kTIMElem_Custom;
    elem[kTIMCustomElemDesc] = "meet";
    elem[kTIMCustomElemData] = where;
    std::string json = text(message_of(elem));
    auto knock = [&](auto cb, auto data) {
        return TIMMsgSendNewMsg(peer.c_str(), kTIMConv_C2C, json.c_str(), cb, data);
    };
    Result sent = call(knock);
    if (sent.code == ERR_SVR_MSG_INVALID_ID) say("waiting for " + peer + " to come for the first time");
    // A user has no account before the first login, and no event tells of it: ask again now and then.
    while (sent.code == ERR_SVR_MSG_INVALID_ID) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        sent = call(knock);
    }
    if (sent.code != 0) fail("meet: " + sent.desc);
    g_events.wait("message", [&](const Json::Value& message) {
        const Json::Value& first = message[kTIMMsgElemArray][0];
        return first[kTIMCustomElemDesc] == "meet" && first[kTIMCustomElemData] == where;
    });
    if (is_alice()) std::printf("\n");
}

// ---- The areas ----------------------------------------------------------------------------------------------------

// Several elements in one message, read receipts, history, taking a message back.
void messages() {
    if (is_alice()) {
        Json::Value message;
        message[kTIMMsgElemArray].append(text_elem("Hi bob, this is my place: "));
        Json::Value place;
        place[kTIMElemType] = kTIMElem_Location;
        place[kTIMLocationElemDesc] = "Lighthouse";
        place[kTIMLocationElemLongitude] = 8.1;
        place[kTIMLocationElemLatitude] = 54.3;
        message[kTIMMsgElemArray].append(place);
        message[kTIMMsgPriority] = kTIMMsgPriority_High;
        Json::Value sent = send(message, peer);
        say("sent message " + sent[kTIMMsgMsgId].asString());

        Json::Value receipt = g_events.wait("receipt");
        say(receipt[kTIMMsgReceiptConvId].asString() + " has read everything up to second " +
            receipt[kTIMMsgReceiptTimeStamp].asString());

        Json::Value oops = send(message_of(text_elem("Oops, that was for somebody else")), peer);
        g_events.wait("receipt");
        std::string json = text(oops);
        must("revoke", [&](auto cb, auto data) {
            return TIMMsgRevoke(peer.c_str(), kTIMConv_C2C, json.c_str(), cb, data);
        });
        say("took the second message back");
    } else {
        Json::Value message = receive(kTIMElem_Text);
        say("got " + text(message[kTIMMsgElemArray]));
        report_read();
        receive(kTIMElem_Text);
        report_read();
        Json::Value revoked = g_events.wait("revoked");
        say("message with rand " + revoked[kTIMMsgLocatorRand].asString() + " was taken back");
        Json::Value page;
        page[kTIMMsgGetMsgListParamCount] = 10;
        page[kTIMMsgGetMsgListParamIsRamble] = true;
        std::string json = text(page);
        for (const Json::Value& old : must("history", [&](auto cb, auto data) {
                 return TIMMsgGetMsgList(peer.c_str(), kTIMConv_C2C, json.c_str(), cb, data);
             }))
            say("history: status " + old[kTIMMsgStatus].asString() + ", " +
                std::to_string(old[kTIMMsgElemArray].size()) + " elements");
    }
    meet("messages");
}

// A file: uploaded with progress, downloaded to a path.
void files() {
    // Paths are UTF-8 for the library, on every system.
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("imsdk-tour-" + user + ".bin");
    std::string name = path.u8string();
    std::string content(300000, 'x');
    if (is_alice()) {
        std::ofstream(path, std::ios::binary) << content;
        Json::Value elem;
        elem[kTIMElemType] = kTIMElem_File;
        elem[kTIMFileElemFilePath] = name;
        elem[kTIMFileElemFileName] = "letters.bin";
        Json::Value sent = send(message_of(elem), peer);
        Json::Value progress = g_events.wait("upload", [&](const Json::Value& step) { return step[0] == step[1]; });
        say("uploaded " + progress[0].asString() + " bytes; the file's id is " +
            sent[kTIMMsgElemArray][0][kTIMFileElemFileId].asString());
    } else {
        Json::Value elem = receive(kTIMElem_File)[kTIMMsgElemArray][0];
        Json::Value wanted;
        wanted[kTIMMsgDownloadElemParamType] = kTIMDownload_File;
        wanted[kTIMMsgDownloadElemParamId] = elem[kTIMFileElemFileId];
        wanted[kTIMMsgDownloadElemParamBusinessId] = elem[kTIMFileElemBusinessId];
        wanted[kTIMMsgDownloadElemParamFlag] = elem[kTIMFileElemDownloadFlag];
        wanted[kTIMMsgDownloadElemParamUrl] = elem[kTIMFileElemUrl];
        std::string json = text(wanted);
        // The one function that calls back several times: while it goes on, and a last time at its end.
        struct Download {
            std::promise<int> end;
        } download;
        TIMCommCallback progress = [](int32_t code, const char*, const char* json_params, const void* data) {
            Json::Value state = parse(json_params);
            bool going_on = code == 0 && state[kTIMMsgDownloadElemResultCurrentSize].asUInt64() <
                                             state[kTIMMsgDownloadElemResultTotalSize].asUInt64();
            if (!going_on) static_cast<Download*>(const_cast<void*>(data))->end.set_value(code);
        };
        if (TIMMsgDownloadElemToPath(json.c_str(), name.c_str(), progress, &download) != TIM_SUCC) fail("download");
        if (int code = download.end.get_future().get()) fail("download: " + std::to_string(code));
        std::ifstream file(path, std::ios::binary);
        std::string got((std::istreambuf_iterator<char>(file)), {});
        file.close();
        if (got != content) fail("the file differs");
        say("downloaded " + elem[kTIMFileElemFileName].asString() + ", " + std::to_string(got.size()) + " bytes");
    }
    std::filesystem::remove(path);
    meet("files");
}

// Drafts, and the list of conversations.
void conversations() {
    if (is_alice()) {
        Json::Value draft;
        draft[kTIMDraftEditTime] = 0;
        draft[kTIMDraftUserDefine] = "caret at 5";
        draft[kTIMDraftMsg] = message_of(text_elem("Dear bob"));
        if (TIMConvSetDraft(peer.c_str(), kTIMConv_C2C, text(draft).c_str()) != TIM_SUCC) fail("draft");
        for (const Json::Value& conv : must("list", [](auto cb, auto data) { return TIMConvGetConvList(cb, data); })) {
            if (conv[kTIMConvId] != peer) continue;
            say("conversation " + conv[kTIMConvId].asString() + ": " + conv[kTIMConvUnReadNum].asString() +
                " unread, draft " + text(conv[kTIMConvDraft][kTIMDraftMsg][kTIMMsgElemArray]));
        }
        if (TIMConvCancelDraft(peer.c_str(), kTIMConv_C2C) != TIM_SUCC) fail("draft");
    }
    meet("conversations");
}

// The own profile, and somebody else's.
void profiles() {
    if (is_alice()) {
        Json::Value item;
        item[kTIMUserProfileItemNickName] = "Alice A.";
        item[kTIMUserProfileItemSelfSignature] = "at the lighthouse";
        // Who adds me must wait for my consent.
        item[kTIMUserProfileItemAddPermission] = kTIMProfileAddPermission_NeedConfirm;
        must("modify", [&](auto cb, auto data) {
            return TIMProfileModifySelfUserProfile(text(item).c_str(), cb, data);
        });
        say("my profile is written");
        meet("profile written");
    } else {
        meet("profile written");
        Json::Value who;
        who[kTIMFriendShipGetProfileListParamIdentifierArray].append(peer);
        who[kTIMFriendShipGetProfileListParamForceUpdate] = true;
        Json::Value list = must("profiles", [&](auto cb, auto data) {
            return TIMProfileGetUserProfileList(text(who).c_str(), cb, data);
        });
        say("alice is " + list[0][kTIMUserProfileNickName].asString() + ", " +
            list[0][kTIMUserProfileSelfSignature].asString());
    }
    meet("profiles");
}

// A request and its answer, remarks, friend groups, the black list.
void friends() {
    if (is_alice()) {
        Json::Value request = g_events.wait("friend request");
        say(request[kTIMFriendAddPendencyIdentifier].asString() + " asks: " +
            request[kTIMFriendAddPendencyAddWording].asString());
        Json::Value answer;
        answer[kTIMFriendResponseIdentifier] = request[kTIMFriendAddPendencyIdentifier];
        answer[kTIMFriendResponseAction] = ResponseActionAgreeAndAdd;
        must("answer", [&](auto cb, auto data) {
            return TIMFriendshipHandleFriendAddRequest(text(answer).c_str(), cb, data);
        });
        say("new friend: " + g_events.wait("friend added").asString());

        Json::Value change;
        change[kTIMFriendshipModifyFriendProfileParamIdentifier] = peer;
        change[kTIMFriendshipModifyFriendProfileParamItem][kTIMFriendProfileItemRemark] = "Bobby";
        must("remark", [&](auto cb, auto data) {
            return TIMFriendshipModifyFriendProfile(text(change).c_str(), cb, data);
        });
        Json::Value group;
        group[kTIMFriendshipCreateFriendGroupParamNameArray].append("neighbours");
        group[kTIMFriendshipCreateFriendGroupParamIdentifierArray].append(peer);
        must("friend group", [&](auto cb, auto data) {
            return TIMFriendshipCreateFriendGroup(text(group).c_str(), cb, data);
        });
        for (const Json::Value& one : must("friends", [](auto cb, auto data) {
                 return TIMFriendshipGetFriendProfileList(cb, data);
             }))
            say("friend " + one[kTIMFriendProfileIdentifier].asString() + ", called " +
                one[kTIMFriendProfileRemark].asString() + ", in " + text(one[kTIMFriendProfileGroupNameArray]));
        meet("friends");

        // On the black list: no friend any more, and nothing that he sends arrives.
        Json::Value list;
        list.append(peer);
        must("black list", [&](auto cb, auto data) {
            return TIMFriendshipAddToBlackList(text(list).c_str(), cb, data);
        });
        say("no friend any more: " + g_events.wait("friend removed").asString());
        Json::Value told = send(message_of(text_elem("You are on my black list")), peer);
        g_events.wait("receipt", [&](const Json::Value& receipt) {
            return receipt[kTIMMsgReceiptTimeStamp].asUInt64() >= told[kTIMMsgServerTime].asUInt64();
        });
        must("black list", [&](auto cb, auto data) {
            return TIMFriendshipDeleteFromBlackList(text(list).c_str(), cb, data);
        });
        send(message_of(text_elem("Let us talk again")), peer);
    } else {
        Json::Value add;
        add[kTIMFriendshipAddFriendParamIdentifier] = peer;
        add[kTIMFriendshipAddFriendParamFriendType] = FriendTypeBoth;
        add[kTIMFriendshipAddFriendParamAddSource] = "Tour";
        add[kTIMFriendshipAddFriendParamAddWording] = "It's me, bob";
        Json::Value result = must("add", [&](auto cb, auto data) {
            return TIMFriendshipAddFriend(text(add).c_str(), cb, data);
        });
        say("asked; the answer for now: " + result[kTIMFriendResultCode].asString());
        say("new friend: " + g_events.wait("friend added").asString());
        meet("friends");
        g_events.wait("friend removed");
        receive(kTIMElem_Text);
        std::string json = text(message_of(text_elem("Can you hear me?")));
        Result sent = call([&](auto cb, auto data) {
            return TIMMsgSendNewMsg(peer.c_str(), kTIMConv_C2C, json.c_str(), cb, data);
        });
        say("while I am on alice's black list, sending gives " + std::to_string(sent.code) + " " + sent.desc);
        report_read();
        receive(kTIMElem_Text);
    }
    meet("black list");
}

// Create, apply, accept, talk, rename, quit, dissolve.
void groups() {
    if (is_alice()) {
        Json::Value create;
        create[kTIMCreateGroupParamGroupName] = "Lighthouse keepers";
        create[kTIMCreateGroupParamGroupType] = kTIMGroup_Public;
        create[kTIMCreateGroupParamAddOption] = kTIMGroupAddOpt_Auth;
        std::string id = must("create", [&](auto cb, auto data) {
            return TIMGroupCreate(text(create).c_str(), cb, data);
        })[kTIMCreateGroupResultGroupId].asString();
        say("made group " + id);
        send(message_of(text_elem(id)), peer);

        // The application comes as a system message; the list holds what it needs to be handled.
        g_events.wait("message", [](const Json::Value& message) {
            return message[kTIMMsgElemArray][0][kTIMGroupReportElemReportType] == kTIMGroupReport_AddRequest;
        });
        Json::Value option;
        option[kTIMGroupPendencyOptionStartTime] = 0;
        option[kTIMGroupPendencyOptionMaxLimited] = 10;
        Json::Value page = must("pendencies", [&](auto cb, auto data) {
            return TIMGroupGetPendencyList(text(option).c_str(), cb, data);
        });
        Json::Value pendency = page[kTIMGroupPendencyResultPendencyArray][0];
        say(pendency[kTIMGroupPendencyFromIdentifier].asString() + " applies: " +
            pendency[kTIMGroupPendencyApplyInviteMsg].asString());
        Json::Value handle;
        handle[kTIMGroupHandlePendencyParamIsAccept] = true;
        handle[kTIMGroupHandlePendencyParamHandleMsg] = "Welcome";
        handle[kTIMGroupHandlePendencyParamPendency] = pendency;
        must("accept", [&](auto cb, auto data) {
            return TIMGroupHandlePendency(text(handle).c_str(), cb, data);
        });

        receive(kTIMElem_Text);
        Json::Value change;
        change[kTIMGroupModifyInfoParamGroupId] = id;
        change[kTIMGroupModifyInfoParamModifyFlag] = kTIMGroupModifyInfoFlag_Name;
        change[kTIMGroupModifyInfoParamGroupName] = "Keepers";
        must("rename", [&](auto cb, auto data) { return TIMGroupModifyGroupInfo(text(change).c_str(), cb, data); });
        g_events.wait("tip", [](const Json::Value& tip) { return tip[kTIMGroupTipsElemTipType] == kTIMGroupTip_Quit; });
        say("bob has left the group");
        must("dissolve", [&](auto cb, auto data) { return TIMGroupDelete(id.c_str(), cb, data); });
    } else {
        std::string id = receive(kTIMElem_Text)[kTIMMsgElemArray][0][kTIMTextElemContent].asString();
        must("apply", [&](auto cb, auto data) { return TIMGroupJoin(id.c_str(), "I can carry lamps", cb, data); });
        Json::Value tip = g_events.wait("tip");
        say("in the group: tip " + tip[kTIMGroupTipsElemTipType].asString() + " about " +
            text(tip[kTIMGroupTipsElemUserArray]));
        send(message_of(text_elem("Hello everybody")), id, kTIMConv_Group);
        tip = g_events.wait("tip", [](const Json::Value& it) {
            return it[kTIMGroupTipsElemTipType] == kTIMGroupTip_GroupInfoChange;
        });
        say("the group changed: " + text(tip[kTIMGroupTipsElemGroupChangeInfoArray][0]));
        Json::Value list;
        list[kTIMGroupGetMemberInfoListParamGroupId] = id;
        list[kTIMGroupGetMemberInfoListParamNextSeq] = 0;
        Json::Value members = must("members", [&](auto cb, auto data) {
            return TIMGroupGetMemberInfoList(text(list).c_str(), cb, data);
        });
        for (const Json::Value& member : members[kTIMGroupGetMemberInfoListResultInfoArray])
            say("member " + member[kTIMGroupMemberInfoIdentifier].asString() + ", role " +
                member[kTIMGroupMemberInfoMemberRole].asString());
        must("quit", [&](auto cb, auto data) { return TIMGroupQuit(id.c_str(), cb, data); });
    }
    meet("groups");
}

int tour() {
    // Listeners first: what happens from the login on is told to them.
    TIMAddRecvNewMsgCallback(listener, "message");
    TIMSetMsgReadedReceiptCallback(listener, "receipt");
    TIMSetMsgRevokeCallback(listener, "revoked");
    TIMSetGroupTipsEventCallback(listener, "tip");
    TIMSetOnAddFriendCallback(listener, "friend added");
    TIMSetOnDeleteFriendCallback(listener, "friend removed");
    TIMSetFriendAddRequestCallback(listener, "friend request");
    TIMSetMsgElemUploadProgressCallback(
        [](const char*, uint32_t, uint32_t current, uint32_t total, const void*) {
            Json::Value step;
            step.append(current);
            step.append(total);
            g_events.put("upload", step);
        },
        nullptr);

    // The terminal is ours: no log lines on it.
    Json::Value quiet;
    quiet[kTIMSetConfigIsLogOutputConsole] = false;
    TIMSetConfig(text(quiet).c_str(), nullptr, nullptr);

    // No directories of our own: what this device keeps lies in the data directory (README, Settings).
    if (TIMInit(app_id, "{}") != TIM_SUCC) fail("init");
    must("login", [](auto cb, auto data) { return TIMLogin(user.c_str(), "any signature", cb, data); });
    say("logged in as " + user);
    meet("the start");

    messages();
    files();
    conversations();
    profiles();
    friends();
    groups();

    must("logout", [](auto cb, auto data) { return TIMLogout(cb, data); });
    TIMUninit();
    say("done");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 1) {
        // Both sides. Each is a process of its own: the library serves one user in a process.
        std::string self = std::string("\"") + argv[0] + "\" ";
        std::string word = std::to_string(std::random_device()());
        int bob = 0;
        std::thread other([&] { bob = std::system((self + "bob " + word).c_str()); });
        int alice = std::system((self + "alice " + word).c_str());
        other.join();
        return alice || bob ? 1 : 0;
    }
    g_me = argv[1];
    if (argc != 3 || !*argv[2] || (g_me != "alice" && g_me != "bob")) {
        std::fprintf(stderr, "usage: tour [alice WORD | bob WORD]\n");
        return 2;
    }
    user = g_me + "-" + argv[2];
    peer = (is_alice() ? "bob-" : "alice-") + std::string(argv[2]);
    return tour();
}
